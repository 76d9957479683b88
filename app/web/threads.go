package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) threadRoutes(api huma.API) {
	missing := []int{http.StatusNotFound}
	endpoint(s, api, huma.Operation{
		OperationID: "listThreads", Method: http.MethodGet, Path: "/api/threads", Summary: "Threads, newest first, or those that match a search",
	}, s.listThreads)
	endpoint(s, api, huma.Operation{
		OperationID: "createThread", Method: http.MethodPost, Path: "/api/threads", Summary: "Creates an empty thread", DefaultStatus: http.StatusCreated,
	}, s.createThread)
	endpoint(s, api, huma.Operation{
		OperationID: "getThread", Method: http.MethodGet, Path: "/api/threads/{id}", Summary: "A thread with its messages", Errors: missing,
	}, s.getThread)
	endpoint(s, api, huma.Operation{
		OperationID: "updateThread", Method: http.MethodPatch, Path: "/api/threads/{id}", Summary: "Renames, archives or sets up a thread", Errors: missing,
	}, s.updateThread)
	endpoint(s, api, huma.Operation{
		OperationID: "seeThread", Method: http.MethodPost, Path: "/api/threads/{id}/seen", Summary: "Notes that you have seen the answers of a thread", Errors: missing,
	}, s.seeThread)
	endpoint(s, api, huma.Operation{
		OperationID: "deleteThread", Method: http.MethodDelete, Path: "/api/threads/{id}", Summary: "Deletes a thread and all that belongs to it", Errors: missing,
	}, s.deleteThread)
}

type threadIn struct {
	ID string `path:"id" maxLength:"100"`
}

type listIn struct {
	Search   string `query:"q" maxLength:"200" doc:"Words that must all occur in the title or in a message."`
	Cursor   string `query:"cursor" maxLength:"200" doc:"nextCursor of the page before."`
	Archived bool   `query:"archived" doc:"The archived threads instead of the others. A search finds both, unless this is set."`
}

const threadsPerPage = 50

func (s *server) listThreads(ctx context.Context, c chat.Caller, in *listIn) (*body[ThreadPage], error) {
	page, err := s.Threads.ListThreads(ctx, c.Subject, chat.ThreadQuery{
		Search: in.Search, Cursor: in.Cursor, Archived: in.Archived, Any: strings.TrimSpace(in.Search) != "" && !in.Archived, Limit: threadsPerPage,
	})
	if err != nil {
		return nil, err
	}
	out := ThreadPage{Threads: make([]ThreadSummary, 0, len(page.Threads)), NextCursor: page.Next}
	for i, t := range page.Threads {
		summary := s.threadSummary(c.Subject, t)
		if page.Matches != nil {
			summary.Match = &page.Matches[i]
		}
		out.Threads = append(out.Threads, summary)
	}
	return &body[ThreadPage]{out}, nil
}

func (s *server) createThread(ctx context.Context, c chat.Caller, _ *struct{}) (*body[ThreadSummary], error) {
	now := s.Now()
	t := chat.Thread{ID: chat.NewID("thr"), CreatedAt: now, UpdatedAt: now}
	if err := s.Threads.CreateThread(ctx, c.Subject, t); err != nil {
		return nil, err
	}
	return &body[ThreadSummary]{s.threadSummary(c.Subject, t)}, nil
}

type detailIn struct {
	ID          string `path:"id" maxLength:"100"`
	IfNoneMatch string `header:"If-None-Match" doc:"Tags of what you have of it; answered with 304 if that still holds."`
}

type detailOut struct {
	Status int
	ETag   string `header:"ETag" doc:"Changes whenever the answer would."`
	Body   ThreadDetail
}

// getThread answers for an idle thread that has not changed without reading its messages. The stamp
// is read first: what is read after it may be newer, never older.
func (s *server) getThread(ctx context.Context, c chat.Caller, in *detailIn) (*detailOut, error) {
	out := &detailOut{Status: http.StatusOK}
	stamp, err := s.Threads.Stamp(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	if stamp != "" {
		tag := etag([]byte(s.start + stamp))
		out.ETag = weak + tag
		if matchesTag([]string{in.IfNoneMatch}, tag) {
			out.Status = http.StatusNotModified
			return out, nil
		}
	}
	out.Body, err = s.threadDetail(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *server) threadDetail(ctx context.Context, c chat.Caller, id string) (ThreadDetail, error) {
	t, err := s.Threads.Thread(ctx, c.Subject, id)
	if err != nil {
		return ThreadDetail{}, err
	}
	messages, err := s.Threads.Messages(ctx, c.Subject, id)
	if err != nil {
		return ThreadDetail{}, err
	}
	if messages == nil {
		messages = []chat.Message{}
	}
	detail := ThreadDetail{Thread: s.threadSummary(c.Subject, t), Settings: t.Settings, Messages: messages}
	detail.Usage, detail.Cost = totals(messages)
	return detail, nil
}

// totals returns what all answers of a thread used and cost; nil where none tells.
func totals(messages []chat.Message) (*chat.Usage, *chat.Cost) {
	var used chat.Usage
	var cost chat.Cost
	told, priced := false, false
	for _, m := range messages {
		if m.Usage != nil {
			used, told = used.Add(*m.Usage), true
		}
		if m.Cost != nil {
			cost.USD, priced = cost.USD+m.Cost.USD, true
		}
	}
	used.ContextTokens = 0 // each answer has a context of its own
	switch {
	case !told:
		return nil, nil
	case !priced:
		return &used, nil
	}
	return &used, &cost
}

// checkSettings refuses settings of no sane size, and another model than the thread's if
// there is no such model. Servers and tools may come back, and so may be named.
func (s *server) checkSettings(ctx context.Context, c chat.Caller, threadID string, p chat.SettingsPatch) error {
	if err := p.Over(chat.Settings{}).Check(); err != nil {
		return err
	}
	if p.Model == nil || *p.Model == "" {
		return nil
	}
	t, err := s.Threads.Thread(ctx, c.Subject, threadID)
	if err != nil || t.Settings.Model == *p.Model {
		return err
	}
	_, _, err = s.Models.Pick(ctx, *p.Model)
	return err
}

type patchIn struct {
	ID   string `path:"id" maxLength:"100"`
	Body ThreadPatch
}

func (s *server) updateThread(ctx context.Context, c chat.Caller, in *patchIn) (*body[ThreadSummary], error) {
	if t := in.Body.Title; t != nil {
		if *t = chat.CleanTitle(*t); *t == "" {
			return nil, &chat.Error{Kind: chat.KindInvalid, Op: "update thread", Message: "A title needs at least one letter."}
		}
	}
	patch := chat.ThreadPatch{Title: in.Body.Title, Archived: in.Body.Archived}
	if in.Body.Settings != nil {
		settings := in.Body.Settings.patch()
		if err := s.checkSettings(ctx, c, in.ID, settings); err != nil {
			return nil, err
		}
		patch.Settings = &settings
	}
	t, err := s.Threads.UpdateThread(ctx, c.Subject, in.ID, patch)
	if err != nil {
		return nil, err
	}
	return &body[ThreadSummary]{s.threadSummary(c.Subject, t)}, nil
}

func (s *server) seeThread(ctx context.Context, c chat.Caller, in *struct {
	ID   string `path:"id" maxLength:"100"`
	Body SeenRequest
},
) (*struct{}, error) {
	return nil, s.Threads.SeeThread(ctx, c.Subject, in.ID, in.Body.Until)
}

// deleteThread stops what is being written there first, so that nothing writes
// to a thread that is gone. Nothing writes to an answer that cannot be read.
func (s *server) deleteThread(ctx context.Context, c chat.Caller, in *threadIn) (*struct{}, error) {
	t, err := s.Threads.Thread(ctx, c.Subject, in.ID)
	if err != nil {
		return nil, err
	}
	if t.ActiveRun != "" {
		if err := s.Engine.Stop(ctx, c, t.ActiveRun); err != nil && !errors.Is(err, chat.ErrUnreadable) {
			return nil, err
		}
	}
	return nil, s.Threads.DeleteThread(ctx, c.Subject, in.ID)
}

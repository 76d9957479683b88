package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	oldest         = 14 // of PostgreSQL
	connections    = 8  // besides the one of the claim, unless the URL says otherwise (pool_max_conns)
	connectTimeout = 5 * time.Second
)

// Names reports whether dsn names a database of PostgreSQL.
func Names(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Open opens the database that a URL names, as libpq understands it, and brings it up to
// date (https://www.postgresql.org/docs/current/libpq-connect.html, section "Connection
// URIs"). What the URL leaves out comes from the environment, such as PGPASSWORD. All is in
// the schema "pomchat", which is created if need be. The error is one sentence for whoever
// set the URL, and never has the password.
func Open(ctx context.Context, dsn string) (*Store, error) {
	config, err := configure(dsn)
	if err != nil {
		return nil, err
	}
	held, err := takeClaim(ctx, config.ConnConfig.Copy())
	if err != nil {
		return nil, explain(config.ConnConfig, err)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err == nil {
		if err = pool.Ping(ctx); err != nil {
			pool.Close()
		}
	}
	if err != nil {
		return nil, errors.Join(explain(config.ConnConfig, err), held.release())
	}
	return &Store{pool: pool, claim: held}, nil
}

// configure reads a URL. What the parser says of a wrong one may have a part of the
// password in it, so it is not told.
func configure(dsn string) (*pgxpool.Config, error) {
	u, err := url.Parse(dsn)
	var config *pgxpool.Config
	if err == nil {
		config, err = pgxpool.ParseConfig(dsn)
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, fmt.Errorf("the file %s, which the URL of the database or the environment names, cannot be read: %w", file.Path, file.Err)
	}
	if err != nil {
		return nil, errors.New("the URL of the database cannot be read: it has to be like postgres://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full, " +
			"with % and two hexadecimal digits in place of special characters in the password")
	}
	if !u.Query().Has("pool_max_conns") {
		config.MaxConns = connections
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "pomchat"
	}
	config.AfterConnect = prepare
	return config, nil
}

// connect returns a prepared connection.
func connect(ctx context.Context, config *pgx.ConnConfig) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, conn); err != nil {
		hangUp(conn)
		return nil, err
	}
	return conn, nil
}

// prepare checks whose server it is, and gives the connection its bounds. A server that
// cannot reach us any more lets go of the lock within half a minute.
func prepare(ctx context.Context, conn *pgx.Conn) error {
	version := conn.PgConn().ParameterStatus("server_version")
	major, _, _ := strings.Cut(version, ".")
	if n, err := strconv.Atoi(major); err == nil && n < oldest {
		return &unusableError{fmt.Sprintf("is on PostgreSQL %s, and pomchat needs %d or newer", version, oldest)}
	}
	if encoding := conn.PgConn().ParameterStatus("server_encoding"); encoding != "UTF8" {
		return &unusableError{fmt.Sprintf("has the encoding %s, and pomchat needs UTF8: create it with ENCODING 'UTF8' TEMPLATE template0", encoding)}
	}
	_, err := conn.PgConn().Exec(ctx, "SET search_path = "+schemaName+
		"; SET client_min_messages = warning; SET idle_session_timeout = 0; SET idle_in_transaction_session_timeout = '30s'"+
		"; SET statement_timeout = '"+statements+"'; SET lock_timeout = '"+locks+"'"+
		"; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3").ReadAll()
	return err
}

// explain says what is wrong with the database.
func explain(config *pgx.ConnConfig, err error) error {
	server := config.Host
	if !strings.HasPrefix(server, "/") {
		server = net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	}
	database := fmt.Sprintf("the database %q on %s", config.Database, server)
	if s, ok := errors.AsType[*unusableError](err); ok {
		return fmt.Errorf("%s %s", database, s.why)
	}
	said, _ := errors.AsType[*pgconn.PgError](err)
	switch codeOf(err) {
	case "":
		return fmt.Errorf("%s cannot be reached: %s", database, unreachable(config, err))
	case badPassword:
		return fmt.Errorf("the server %s refuses the password of the user %q: correct it in the URL or, if it is not there, in PGPASSWORD or the file that PGPASSFILE names", server, config.User)
	case badLogin:
		return fmt.Errorf("the server %s does not let the user %q in: %s", server, config.User, said.Message)
	case badCatalog:
		return fmt.Errorf("there is no database %q on %s: create it, or name another", config.Database, server)
	case noPrivilege:
		return fmt.Errorf("the user %q may not use or make the schema %s in %s (%s): let it own the database", config.User, schemaName, database, said.Message)
	case readOnly:
		return fmt.Errorf("%s can only be read: name the primary server", database)
	case diskFull:
		return fmt.Errorf("the disk of %s is full", database)
	case tooManyConnections:
		return fmt.Errorf("the server %s has no connection left: raise its max_connections, or stop another program", server)
	case cannotConnectNow:
		return fmt.Errorf("the server %s is starting or stopping: try again in a moment", server)
	default:
		return fmt.Errorf("open %s: %s (SQLSTATE %s)", database, said.Message, said.Code)
	}
}

// unreachable says why, without the many addresses of a name that were tried.
func unreachable(config *pgx.ConnConfig, err error) string {
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		return "the name " + name.Name + " is not known (" + name.Err + ")"
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no answer within " + config.ConnectTimeout.String()
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err.Error()
	}
	if strings.Contains(err.Error(), "server refused TLS") {
		return "it offers no TLS, which sslmode asks for"
	}
	return err.Error()
}

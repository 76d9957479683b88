import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { formatCount } from '@/lib/format'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { IconButton } from '@/ui/icon-button'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/tabs'
import type { ToolPart } from '@/wire/wire.gen'
import { csvOf, download } from '../rows/csv'
import { Answered } from './answered'
import { ArgumentsView, hasArguments } from './arguments-view'
import { planOf } from '../chart/chart-columns'
import type { ChartChoice } from '../chart/chart-data'
import { LogView } from '../panel/log-view'
import { useSought, type Sought } from '../rows/pointer'
import { Provenance } from '../panel/provenance'
import { RawView, TextBox } from '../panel/raw-view'
import { EditAndRun, Rerunnable } from '../rerun/rerun-part'
import { sqlOf } from '../panel/sql-tokens'
import { SqlView } from '../panel/sql-view'
import { tableOf } from '../rows/table-data'
import '../panel/panel.css'

const ChartView = lazy(() => import('../chart/chart-view').then((m) => ({ default: m.ChartView })))
const ResultTable = lazy(() => import('../table/result-table').then((m) => ({ default: m.ResultTable })))

/** A short table is shown whole, a longer one begins with its first rows. */
const wholeUpTo = 12
const firstRows = 10

type View = 'table' | 'chart' | 'text' | 'sql' | 'args' | 'log' | 'raw'

/**
 * CallPanel is what a ledger line opens into: the result as a table where it is
 * one and as a chart where it fits, the SQL where there
 * is some, the other arguments, the server's log, the raw data always; and where it came from.
 */
export function CallPanel({ part, number }: { part: ToolPart; number: number }) {
  const { output } = part
  const table = useMemo(() => output && tableOf(output), [output])
  const charted = useMemo(() => table && planOf(table) !== undefined, [table])
  const sql = sqlOf(part.input)
  const text = !table && part.output && !part.output.isError ? part.output.text : ''
  const logs = part.logs ?? []
  const views: View[] = [
    ...(table ? (['table'] as const) : []),
    ...(charted ? (['chart'] as const) : []),
    ...(text === '' ? [] : (['text'] as const)),
    ...(sql === undefined ? [] : (['sql'] as const)),
    ...(hasArguments(part) ? (['args'] as const) : []),
    ...(logs.length === 0 ? [] : (['log'] as const)),
    'raw',
  ]
  // Where a call shows what it was asked, it can be asked something else.
  const asked: View = sql !== undefined ? 'sql' : views.includes('args') ? 'args' : 'raw'
  const [chosen, setChosen] = useState<View>()
  // While a call runs, what its server says of it is the news.
  const first = part.output === undefined && logs.length > 0 ? 'log' : (views[0] ?? 'raw')
  const view = chosen && views.includes(chosen) ? chosen : first
  const [chart, setChart] = useState<ChartChoice>({})
  const [words, setWords] = useState<string>()
  const [all, setAll] = useState(false)
  const rows = table?.rows.length ?? 0
  const partial = output?.truncated === true
  const folded = view === 'table' && rows > wholeUpTo
  const unfold = useCallback(() => setAll(true), [setAll])
  const clear = useCallback(() => setWords(undefined), [])

  // What the text cites is in the table.
  const sought = useSought(number)
  const [seen, setSeen] = useState<Sought>()
  if (sought !== seen) {
    setSeen(sought)
    if (sought && table) setChosen('table')
  }

  return (
    <Tabs value={view} onValueChange={(next) => setChosen(views.find((v) => v === next))}>
      <div className="pbar">
        <TabList aria-label={strings.views}>
          {views.map((v) => (
            <Tab key={v} value={v}>
              {strings[v]}
              {v === 'table' && <span className="num count">{formatCount(output?.rowCount ?? rows)}</span>}
              {v === 'log' && <span className="num count">{formatCount(logs.length)}</span>}
            </Tab>
          ))}
        </TabList>
        <span className="spring" />
        {view === asked && <EditAndRun part={part} />}
        {table && view === 'table' && rows > 0 && (
          <TableTools
            words={words}
            onWords={setWords}
            {...(partial && output.resultId !== undefined
              ? { href: `/api/results/${encodeURIComponent(output.resultId)}.csv` }
              : { onDownload: () => download(`${part.tool.tool}-${number}.csv`, csvOf(table)) })}
          />
        )}
      </div>
      {table && output && (
        <TabPanel value="table" tabIndex={-1}>
          <Suspense fallback={<div style={{ height: 34 + Math.min(rows, firstRows) * 28 }} />}>
            <ResultTable
              output={output}
              table={table}
              number={number}
              name={strings.tableName(part.tool.serverName, part.tool.tool, number)}
              words={words ?? ''}
              limit={all || rows <= wholeUpTo ? Infinity : firstRows}
              onUnfold={unfold}
              onClear={clear}
            />
          </Suspense>
        </TabPanel>
      )}
      {table && output && charted && (
        <TabPanel value="chart" tabIndex={-1}>
          <Suspense fallback={<div className="chart-place" />}>
            <ChartView
              output={output}
              table={table}
              whole={!/\blimit\s+\d/i.test(sql ?? '')}
              choice={chart}
              onChoice={setChart}
            />
          </Suspense>
        </TabPanel>
      )}
      <TabPanel value="text" tabIndex={-1}>
        <TextBox text={text} name={strings.text} words={strings.copyText} />
      </TabPanel>
      {sql !== undefined && (
        <TabPanel value="sql" tabIndex={-1}>
          <Rerunnable part={part} number={number}>
            <SqlView sql={sql} number={number} />
          </Rerunnable>
        </TabPanel>
      )}
      {views.includes('args') && (
        <TabPanel value="args" tabIndex={-1}>
          {asked === 'args' ? (
            <Rerunnable part={part} number={number}>
              <ArgumentsView part={part} number={number} />
            </Rerunnable>
          ) : (
            <ArgumentsView part={part} number={number} />
          )}
        </TabPanel>
      )}
      {logs.length > 0 && (
        <TabPanel value="log" tabIndex={-1}>
          <LogView logs={logs} number={number} />
        </TabPanel>
      )}
      <TabPanel value="raw" tabIndex={-1}>
        {asked === 'raw' ? (
          <Rerunnable part={part} number={number}>
            <RawView part={part} number={number} />
          </Rerunnable>
        ) : (
          <RawView part={part} number={number} />
        )}
      </TabPanel>
      <Answered part={part} />
      <Provenance part={part}>
        {folded && (
          <Button variant="accent" size="sm" className="fold" onClick={() => setAll(!all)}>
            {all ? strings.showFewer : partial ? strings.showFirst(rows) : strings.showAll(rows)}
          </Button>
        )}
      </Provenance>
    </Tabs>
  )
}

function TableTools({
  words,
  onWords,
  href,
  onDownload,
}: {
  words: string | undefined
  onWords: (words: string | undefined) => void
  /** Where the server has the CSV with all rows; else the page makes it from its own. */
  href?: string
  onDownload?: () => void
}) {
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    flushSync(() => onWords(undefined))
    opener.current?.focus()
  }
  return (
    <>
      {words === undefined ? (
        <Button
          ref={opener}
          variant="quiet"
          size="sm"
          aria-label={strings.filterRows}
          onClick={() => onWords('')}
        >
          <Icon name="filter" size="sm" />
          <span className="wide-only">{strings.filter}</span>
        </Button>
      ) : (
        <span className="filter">
          <input
            aria-label={strings.filterRows}
            placeholder={strings.filterRows}
            value={words}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because its button was pressed
            autoFocus
            onChange={(e) => onWords(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Escape') close()
            }}
          />
          <IconButton
            icon="close"
            iconSize="xs"
            size="sm"
            dense
            label={strings.clearFilter}
            onClick={close}
          />
        </span>
      )}
      {href === undefined ? (
        <Button variant="quiet" size="sm" aria-label={strings.downloadCsv} onClick={onDownload}>
          <CsvLabel />
        </Button>
      ) : (
        <Button asChild variant="quiet" size="sm" aria-label={strings.downloadCsv}>
          <a href={href} download>
            <CsvLabel />
          </a>
        </Button>
      )}
    </>
  )
}

function CsvLabel() {
  return (
    <>
      <Icon name="download" size="sm" />
      <span className="wide-only">{strings.csv}</span>
    </>
  )
}

import { strings } from '@/strings/thread'
import type { ToolPart } from '@/wire/wire.gen'
import { fieldsOf, hasTooManyDigits, hasUnseen, type Field } from '../ask/arguments'
import { CodeBlock } from '../panel/code-block'
import { TextBox } from '../panel/raw-view'
import { sqlOf } from '../panel/sql-tokens'
import { SqlView } from '../panel/sql-view'
import '../panel/panel.css'

/** A value of so many letters in one line stands beside its name, longer ones below it. */
const beside = 72

/** Whether a call has more to show of its arguments than its SQL. */
export function hasArguments({ input, inputText, modelInput }: ToolPart): boolean {
  if (input === undefined) return inputText !== undefined && inputText !== ''
  const fields = fieldsOf(input).length
  return modelInput !== undefined || (sqlOf(input) === undefined ? fields > 0 : fields > 1)
}

/** CallArguments shows what a call that came to nothing would have been: its SQL, or else its arguments. */
export function CallArguments({ part, number }: { part: ToolPart; number: number }) {
  const sql = sqlOf(part.input)
  if (hasArguments(part)) return <ArgumentsView part={part} number={number} />
  return sql === undefined ? null : <SqlView sql={sql} number={number} />
}

/**
 * ArgumentsView shows the arguments of a call, one below the other. Those that the person
 * changed stand beside what the model had written.
 */
export function ArgumentsView({ part, number }: { part: ToolPart; number: number }) {
  const { input, inputText = '', modelInput } = part
  if (input === undefined) {
    return <TextBox text={inputText} name={strings.argumentsName(number)} words={strings.copyRaw} />
  }
  const fields = fieldsOf(input)
  const before = modelInput === undefined ? fields : fieldsOf(modelInput)
  const gone = before.filter(({ name }) => !fields.some((field) => field.name === name))
  return (
    <dl className="args" aria-label={strings.argumentsName(number)}>
      {[...fields, ...gone].map(({ name, type, kind }) => {
        const now = fields.find((field) => field.name === name)
        const was = before.find((field) => field.name === name)
        return (
          <div key={name}>
            <dt>
              <code>{name}</code> <span>{kind === 'sql' ? strings.sql : type}</span>
            </dt>
            {now?.text === was?.text ? (
              <dd>{now && <Value field={now} language={languageOf(part, now)} />}</dd>
            ) : (
              <>
                <dd>
                  <p>{strings.fromModel}</p>
                  {was ? <Value field={was} language={languageOf(part, was)} /> : <i>{strings.notGiven}</i>}
                </dd>
                <dd>
                  <p>{strings.fromYou}</p>
                  {now ? <Value field={now} language={languageOf(part, now)} /> : <i>{strings.notGiven}</i>}
                </dd>
              </>
            )}
          </div>
        )
      })}
    </dl>
  )
}

function Value({ field, language }: { field: Field; language: string }) {
  const { text, kind } = field
  const short = language === '' && text.length <= beside && !text.includes('\n')
  return (
    <>
      {text === '' ? (
        <i>{strings.emptyText}</i>
      ) : short ? (
        <code>{text}</code>
      ) : (
        <CodeBlock code={text} language={language || (kind === 'json' ? 'JSON' : strings.text)} />
      )}
      {hasUnseen(text) && <p className="caution">{strings.unseen}</p>}
      {kind === 'json' && hasTooManyDigits(JSON.parse(text)) && <p className="caution">{strings.rounded}</p>}
    </>
  )
}

/** What an argument is written in, if it is known: SQL, or the code of the provider's interpreter. */
function languageOf({ tool }: ToolPart, { kind, name }: Field): string {
  if (kind === 'sql') return 'SQL'
  return tool.server === '' && tool.tool === 'code_interpreter' && name === 'code' ? 'Python' : ''
}

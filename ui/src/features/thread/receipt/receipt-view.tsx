import type { Message } from '@/wire/wire.gen'
import { useReader } from '../state/reader'
import { receiptRows } from './receipt-details'
import './receipt.css'

/** ReceiptView tells in full what an answer rests on. */
export function ReceiptView({
  messages,
  question,
  callsBefore,
}: {
  /** The answer and those that it continues, in their order. */
  messages: readonly Message[]
  question: Message | undefined
  callsBefore: number
}) {
  const reader = useReader()
  return (
    <dl className="receipt num">
      {receiptRows(messages, question, callsBefore, reader).map(({ name, lines }) => (
        <div key={name}>
          <dt>{name}</dt>
          {lines.map((line) => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

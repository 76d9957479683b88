import { cn } from './cn'

/** Ring turns while something runs. With a label it is an image, else decoration. */
export function Ring({ label, className }: { label?: string; className?: string }) {
  return (
    <span
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={cn(
        'mx-px inline-block size-3 flex-none animate-spin rounded-full border-[1.6px] border-accent-line border-t-accent-ink motion-reduce:animate-none',
        className,
      )}
    />
  )
}

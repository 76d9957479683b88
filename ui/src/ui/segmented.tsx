import { useId } from 'react'

/**
 * Segmented is a row of radio buttons, drawn as one control, for two to four short
 * choices. The label stands before it.
 */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
}: {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
  disabled?: boolean
}) {
  const name = useId()
  return (
    <fieldset className="flex min-w-0 items-center gap-2 max-sm:w-full" disabled={disabled}>
      <legend className="float-left text-ink-3 max-sm:sr-only">{label}</legend>
      <span className="inline-flex h-8 rounded-md border border-line-strong bg-sunken p-0.5 max-sm:h-10 max-sm:flex-1">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative grid flex-1 cursor-pointer place-items-center rounded-sm px-2.5 whitespace-nowrap text-ink-2 has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line-strong)] has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:cursor-default"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 appearance-none opacity-0"
            />
            {option.label}
          </label>
        ))}
      </span>
    </fieldset>
  )
}

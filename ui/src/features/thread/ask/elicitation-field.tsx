import { useId, type ReactNode } from 'react'
import { strings } from '@/strings/thread'
import type { Entry, FormField, FormMistake } from './form-schema'

/** What ElicitationField takes. */
interface FieldProps {
  field: FormField
  entry: Entry
  mistake: FormMistake | undefined
  /** It can only be looked at. */
  fixed: boolean
  onChange: (entry: Entry) => void
  onLeave: () => void
}

/** ElicitationField is one field of a server's form: its name, what it is about, and what is wrong with it. */
export function ElicitationField(props: FieldProps) {
  const { field, entry, mistake, fixed, onChange, onLeave } = props
  const id = useId()
  const wrong = mistake === undefined ? undefined : strings.formMistakes[mistake](field.min, field.max)
  const described = {
    'aria-describedby': `${id}-about`,
    'aria-invalid': wrong !== undefined,
    'aria-required': field.required,
  }
  const about = (
    <div id={`${id}-about`}>
      {field.description !== undefined && <p className="quiet">{field.description}</p>}
      {wrong !== undefined && <p className="wrong">{wrong}</p>}
    </div>
  )
  if (field.kind === 'boolean') {
    return (
      <div className="arg" data-field="">
        <label className="tick">
          <input
            type="checkbox"
            checked={entry === true}
            disabled={fixed}
            onChange={(e) => onChange(e.target.checked)}
            aria-describedby={`${id}-about`}
          />
          {field.title}
        </label>
        {about}
      </div>
    )
  }
  if (field.kind === 'choices' || (field.kind === 'choice' && field.options.length <= 4)) {
    return (
      <fieldset className="arg" data-field="" disabled={fixed} aria-describedby={`${id}-about`}>
        <legend className="lab">
          <Label field={field} />
        </legend>
        <Options {...props} name={id} />
        {about}
      </fieldset>
    )
  }
  const value = typeof entry === 'string' ? entry : ''
  return (
    <div className="arg" data-field="">
      <label className="lab" htmlFor={id}>
        <Label field={field} />
      </label>
      {field.kind === 'choice' ? (
        <select
          id={id}
          className="field"
          value={value}
          disabled={fixed}
          onChange={(e) => onChange(e.target.value)}
          onBlur={onLeave}
          {...described}
        >
          <option value="">{strings.choose}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          className="field"
          type={inputType(field)}
          inputMode={field.kind === 'integer' ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined}
          autoComplete="off"
          value={value}
          readOnly={fixed}
          onChange={(e) => onChange(e.target.value)}
          onBlur={onLeave}
          {...described}
        />
      )}
      {about}
    </div>
  )
}

function Label({ field }: { field: FormField }): ReactNode {
  return (
    <>
      <b>{field.title}</b> {!field.required && <span>{strings.optional}</span>}
    </>
  )
}

function Options({ field, entry, onChange, onLeave, name }: FieldProps & { name: string }) {
  const several = field.kind === 'choices'
  const ticked = typeof entry === 'object' ? entry : [String(entry)]
  return field.options.map((option) => (
    <label key={option.value} className="tick">
      <input
        type={several ? 'checkbox' : 'radio'}
        name={name}
        checked={ticked.includes(option.value)}
        onBlur={onLeave}
        onChange={(e) => {
          if (!several) return onChange(option.value)
          const others = ticked.filter((value) => value !== option.value)
          onChange(e.target.checked ? [...others, option.value] : others)
        }}
      />
      {option.title}
    </label>
  ))
}

function inputType({ kind, format }: FormField): string {
  if (kind !== 'text') return 'text'
  switch (format) {
    case 'email':
      return 'email'
    case 'uri':
      return 'url'
    case 'date':
      return 'date'
    case 'date-time':
      return 'datetime-local'
    default:
      return 'text'
  }
}

// Query bar: the field for the query language: it suggests what may come next, and marks what is wrong where it is wrong.

import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useCount } from '../data/read.ts'
import styles from './query-bar.module.css'

interface QueryBarProps {
  readonly list: 'findings' | 'resources' | 'clusters' | 'exceptions'
  /** The query that the list shows. */
  readonly value: string
  /** Told when a query is entered: by Enter, or by leaving the field. */
  readonly onAsk: (query: string) => void
  readonly placeholder?: string
}

/** A list of options under a text field (combobox); Enter asks, Tab takes the suggestion, Escape closes, then empties. */
export function QueryBar({
  list,
  value,
  onAsk,
  placeholder = 'severity >= high AND namespace : payments',
}: QueryBarProps) {
  const [text, setText] = useState(value)
  const [cursor, setCursor] = useState(value.length)
  const [isOpen, setOpen] = useState(false)
  const [chosen, choose] = useState(-1)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => setText(value), [value])
  const [asked] = useDebouncedValue({ text, cursor }, 120)
  const { data } = useCount('completeQuery', { list, q: asked.text, cursor: asked.cursor })
  const suggestions = isOpen && asked.text === text ? (data?.suggestions ?? []).slice(0, 12) : []
  const problem =
    data?.problem && asked.text === text && (!isOpen || suggestions.length === 0) ? data.problem : undefined
  const take = (index: number) => {
    const suggestion = suggestions[index]
    if (!suggestion || !data) return
    const before = text.slice(0, data.from) + suggestion.text
    const rest = text.slice(data.to)
    const next = rest === '' || !/^\s/.test(rest) ? `${before} ${rest}` : before + rest
    setText(next)
    setCursor(before.length + 1)
    choose(-1)
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length + 1, before.length + 1))
  }
  const ask = () => {
    setOpen(false)
    if (text.trim() !== value) onAsk(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && suggestions.length > 0) {
      event.preventDefault()
      choose((chosen + step + suggestions.length) % suggestions.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (chosen >= 0) take(chosen)
      else ask()
    } else if (event.key === 'Tab' && suggestions.length > 0 && !event.shiftKey && chosen >= 0) {
      event.preventDefault()
      take(chosen)
    } else if (event.key === 'Escape') {
      if (isOpen && suggestions.length > 0) setOpen(false)
      else if (text !== value) setText(value)
      else field.current?.blur()
    }
  }
  return (
    <div className={styles.bar}>
      <IconSearch size={15} aria-hidden="true" className={styles.icon} />
      <input
        ref={field}
        data-search
        className={styles.field}
        role="combobox"
        aria-label={`Query of ${list}`}
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value)
          setCursor(event.currentTarget.selectionStart ?? event.currentTarget.value.length)
          setOpen(true)
          choose(-1)
        }}
        onSelect={event => setCursor(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setOpen(true)}
        onBlur={ask}
        onKeyDown={onKeyDown}
      />
      {suggestions.length > 0 && (
        <div id={`${id}-list`} className={styles.list} role="listbox" aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <div
              key={`${suggestion.type} ${suggestion.text}`}
              id={`${id}-${index}`}
              className={styles.option}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(index)}
            >
              <code>{suggestion.text}</code>
              <span>{suggestion.description}</span>
            </div>
          ))}
        </div>
      )}
      {problem && (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          <code>
            {text.slice(0, problem.start)}
            <mark>{text.slice(problem.start, Math.max(problem.end, problem.start + 1)) || ' '}</mark>
            {text.slice(Math.max(problem.end, problem.start + 1))}
          </code>
          <span>
            {problem.message}
            {problem.suggestions.length > 0 && ` Did you mean ${problem.suggestions.join(' or ')}?`}
          </span>
        </p>
      )}
    </div>
  )
}

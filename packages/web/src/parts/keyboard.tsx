// Keyboard: the registry of keys that work where one is now: single keys, and sequences such as `g f`; `?` lists them.

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'

export interface KeyBinding {
  /** As `KeyboardEvent.key` says them, one after the other: `/`, `j`, `g f`, `Escape`. */
  readonly keys: string
  /** What it does, for the list; without it, it is not listed. */
  readonly says?: string
  readonly run: () => void
}

interface Group {
  readonly title: string
  readonly bindings: readonly KeyBinding[]
}

class Registry {
  private groups: readonly Group[] = []
  private readonly listeners = new Set<() => void>()
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  readonly read = () => this.groups
  private write(groups: readonly Group[]) {
    this.groups = groups
    for (const listener of this.listeners) listener()
  }
  add(group: Group): () => void {
    this.write([...this.groups, group])
    return () => this.write(this.groups.filter(one => one !== group))
  }
  /** The newest binding wins: what opened last is what one works in. */
  find(keys: string): KeyBinding | undefined {
    return this.groups
      .toReversed()
      .flatMap(group => group.bindings)
      .find(binding => binding.keys === keys)
  }
  begins(keys: string): boolean {
    return this.groups.some(group => group.bindings.some(binding => binding.keys.startsWith(`${keys} `)))
  }
}

const RegistryContext = createContext<Registry | undefined>(undefined)

/** Milliseconds within which the second key of a sequence follows. */
const patience = 1200

export function KeyboardProvider({ children }: { readonly children: ReactNode }) {
  const registry = useMemo(() => new Registry(), [])
  useEffect(() => {
    let begun = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || isOwnKey(event)) return
      clearTimeout(timer)
      const keys = begun === '' ? event.key : `${begun} ${event.key}`
      begun = ''
      const binding = registry.find(keys)
      if (binding) {
        event.preventDefault()
        binding.run()
      } else if (registry.begins(keys)) {
        begun = keys
        timer = setTimeout(() => {
          begun = ''
        }, patience)
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      clearTimeout(timer)
    }
  }, [registry])
  return <RegistryContext value={registry}>{children}</RegistryContext>
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** True for a key that means something to what has the focus: a button’s Enter, all keys of an open dialog or menu but the list of keys. */
const isOwnKey = ({ target, key }: KeyboardEvent) =>
  target instanceof Element &&
  ((key === 'Enter' && target.closest('a, button, summary') !== null) ||
    (key !== '?' && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null))

function useRegistry(): Registry {
  const registry = useContext(RegistryContext)
  if (!registry) throw new Error('keys are used outside of KeyboardProvider')
  return registry
}

/** Binds keys for as long as the component is there. What they do may change with each render. */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const registry = useRegistry()
  const current = useRef(bindings)
  useEffect(() => {
    current.current = bindings
  })
  const names = JSON.stringify(bindings.map(({ keys, says }) => [keys, says]))
  useEffect(() => {
    const named = JSON.parse(names) as [string, string | undefined][]
    return registry.add({
      title,
      bindings: named.map(([keys, says]) => ({
        keys,
        ...(says && { says }),
        run: () => current.current.find(one => one.keys === keys)?.run(),
      })),
    })
  }, [registry, title, names])
}

/** All that works now, by what it belongs to. */
export function useKeyList(): readonly Group[] {
  const registry = useRegistry()
  return useSyncExternalStore(registry.subscribe, registry.read)
}

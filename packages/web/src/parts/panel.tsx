// Panel: a titled part of a page, the one frame that everything stands in; and the page's own head.

import type { ReactNode } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  readonly title: string
  /** What belongs to the title: a count, a choice, a link. */
  readonly aside?: ReactNode
  /** What the panel's content says in a sentence. */
  readonly says?: ReactNode
  readonly className?: string | undefined
  readonly children: ReactNode
}

export const Panel = ({ title, aside, says, className, children }: PanelProps) => (
  <section className={`${styles.panel} ${className ?? ''}`} aria-label={title}>
    <header className={styles.head}>
      <h2>{title}</h2>
      {aside && <div className={styles.aside}>{aside}</div>}
    </header>
    {says && <p className={styles.says}>{says}</p>}
    {children}
  </section>
)

interface PageHeadProps {
  readonly title: ReactNode
  /** Beside the title: a state, a count. */
  readonly beside?: ReactNode
  readonly children?: ReactNode
}

/** Title of a screen, with its choices and actions at the right. */
export const PageHead = ({ title, beside, children }: PageHeadProps) => (
  <div className={styles.page}>
    <h1>{title}</h1>
    {beside && <div className={styles.beside}>{beside}</div>}
    <div className={styles.actions}>{children}</div>
  </div>
)

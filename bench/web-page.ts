// Web page: opens a screen in a real Chromium and tells when it painted, when its content was there, and how long a key or click took to show.

import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'

/** Seen from within the page from its first moment on; the debugger puts it there, which the policy does not bind. */
const watcher = `(() => {
  const seen = { loaded: undefined, events: [], reads: [] };
  window.benchSeen = seen;
  const skeletons = () => document.querySelector('[role=status][aria-label=Loading]') !== null;
  const check = () => {
    const isThere = document.querySelector('h1') !== null && !skeletons() && document.querySelector('[aria-busy=true]') === null;
    if (!isThere) seen.loaded = undefined;
    else if (seen.loaded === undefined) requestAnimationFrame(() => { seen.loaded ??= performance.now(); });
  };
  new MutationObserver(check).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label', 'aria-busy'] });
  new PerformanceObserver(list => seen.events.push(...list.getEntries().map(({ interactionId, duration, name }) => ({ interactionId, duration, name }))))
    .observe({ type: 'event', durationThreshold: 16 });
  new PerformanceObserver(list => {
    for (const { name, startTime, responseEnd } of list.getEntries()) {
      const path = new URL(name).pathname;
      if (path.startsWith('/api/') && path !== '/api/v1/events') seen.reads.push({ path: path.slice('/api/v1'.length), took: responseEnd - startTime });
    }
  }).observe({ type: 'resource', buffered: true });
})()`

export interface Read {
  readonly path: string
  /** Milliseconds. */
  readonly took: number
}

export interface Shown {
  /** Milliseconds since navigation began, as all here. */
  readonly firstPaint: number
  /** Until the heading was there and nothing of it was loading any more. */
  readonly content: number
  readonly reads: readonly Read[]
  /** Processor seconds of the page's main thread. */
  readonly renderer: number
  /** Names of the files of script that it fetched. */
  readonly scripts: readonly string[]
}

export interface Acted {
  /** Milliseconds from the key or click until what it did was painted: the longest event of it; 16 stands for less. */
  readonly paint: number
  /** Until what it asked the server for was shown too. */
  readonly content: number
  readonly reads: readonly Read[]
  readonly renderer: number
}

export interface Opened {
  readonly page: Page
  readonly shown: Shown
  act(deed: (page: Page) => Promise<unknown>): Promise<Acted>
}

interface Seen {
  readonly loaded: number | null
  readonly firstPaint: number | null
  readonly events: readonly { readonly interactionId: number; readonly duration: number }[]
  readonly reads: readonly Read[]
}

/** Opens a path in a page that has nothing of the app yet, as on a first visit. */
export async function openCold(
  browser: Browser,
  url: string,
  session: Awaited<ReturnType<BrowserContext['storageState']>> | undefined,
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...(session && { storageState: session }),
  })
  const page = await context.newPage()
  const debug = await context.newCDPSession(page)
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.addInitScript(watcher)
  const scripts: string[] = []
  page.on('request', request => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname)
  })
  await page.goto(url)
  const seen = await settle(page)
  const shown = {
    firstPaint: seen.firstPaint ?? Number.NaN,
    content: seen.loaded ?? Number.NaN,
    reads: seen.reads,
    renderer: await processorTime(debug),
    scripts,
  }
  return {
    page,
    shown,
    async act(deed) {
      const before = await processorTime(debug)
      const start = await page.evaluate<number>(
        'benchSeen.events.length = 0, benchSeen.reads.length = 0, performance.now()',
      )
      await deed(page)
      const after = await settle(page)
      const paints = after.events.filter(one => one.interactionId > 0).map(one => one.duration)
      return {
        paint: Math.max(16, ...paints),
        content: Math.max(0, (after.loaded ?? Number.NaN) - start),
        reads: after.reads,
        renderer: (await processorTime(debug)) - before,
      }
    },
  }
}

/** Milliseconds without a request under way, and without anything loading, after which nothing more is waited for. */
const calm = 250

async function settle(page: Page): Promise<Seen> {
  const seen = () =>
    page.evaluate<Seen>(
      `({ loaded: benchSeen.loaded ?? null, firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
        events: benchSeen.events, reads: benchSeen.reads })`,
    )
  for (let before = await seen(); ; ) {
    await page.waitForTimeout(calm)
    const now = await seen()
    if (now.loaded !== null && now.loaded === before.loaded && now.reads.length === before.reads.length)
      return now
    before = now
  }
}

async function processorTime(debug: CDPSession): Promise<number> {
  const { metrics } = await debug.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

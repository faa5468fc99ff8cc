// HTML page faults: what in an open page would keep people from reading it; runs inside the browser, as text.

/** An expression that gives a line for each fault: contrast, names of fields, headings, landmarks, width, strange elements. */
export const pageFaults = `(() => {
  const faults = []
  const all = [...document.querySelectorAll('body *')].filter(one => one.getClientRects().length > 0)
  const channels = text => (text.match(/[\\d.]+/g) ?? []).map(Number)
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map(one => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
  const behind = one => {
    for (let at = one; at; at = at.parentElement) {
      const own = channels(getComputedStyle(at).backgroundColor)
      if (own.length === 3 || own[3] === 1) return own
      if (own[3] > 0) faults.push('a background that is neither clear nor solid: ' + at.className)
    }
    return [255, 255, 255]
  }
  const told = new Set()
  for (const one of all) {
    const hasText = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== '')
    if (!hasText) continue
    const [a, b] = [luminance(channels(getComputedStyle(one).color)), luminance(behind(one))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const who = one.tagName.toLowerCase() + '.' + one.className
    if (ratio < 4.5 && !told.has(who)) {
      told.add(who)
      faults.push('contrast ' + ratio.toFixed(2) + ' of ' + who)
    }
  }
  for (const field of document.querySelectorAll('input, select, button'))
    if (!field.ariaLabel && !field.labels?.length) faults.push('no name for ' + field.outerHTML.slice(0, 80))
  let level = 0
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.tagName[1])
    if (own > level + 1) faults.push('a heading of level ' + own + ' after one of ' + level + ': ' + heading.textContent)
    if (heading.textContent.trim() === '') faults.push('an empty heading')
    level = own
  }
  for (const [selector, count] of [['h1', 1], ['main', 1], ['body > header', 1], ['body > footer', 1], ['[id=""]', 0]])
    if (document.querySelectorAll(selector).length !== count) faults.push('not ' + count + ' of ' + selector)
  if (document.documentElement.lang === '' || document.title.trim() === '') faults.push('no language or title')
  for (const head of document.querySelectorAll('th')) if (head.scope !== 'col') faults.push('no scope of ' + head.textContent)
  const ids = [...document.querySelectorAll('[id]')].map(one => one.id)
  if (new Set(ids).size !== ids.length) faults.push('an id twice')
  for (const one of document.querySelectorAll('img, iframe, object, embed, link, base, a, script[src]'))
    faults.push('strange element ' + one.outerHTML.slice(0, 80))
  const wide = document.documentElement.scrollWidth - innerWidth
  if (wide > 0) faults.push('wider than the window by ' + wide)
  return faults
})()`

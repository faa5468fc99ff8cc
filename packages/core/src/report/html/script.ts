// Script: the filters of the HTML report. It reads only what the page holds and asks for nothing from outside.

export const script = `
'use strict'
const filters = document.getElementById('filters')
if (filters) {
  const search = document.getElementById('search')
  const rule = document.getElementById('rule')
  const shown = document.getElementById('shown')
  const boxes = [...filters.querySelectorAll('input[type=checkbox]')]
  const resources = [...document.querySelectorAll('.resource')].map(element => ({
    element,
    text: element.querySelector('.names').textContent.toLowerCase(),
    weight: Number(element.dataset.weight),
    findings: [...element.querySelectorAll('.finding')].map(finding => ({
      finding, severity: finding.dataset.severity, rule: finding.dataset.rule, text: finding.textContent.toLowerCase(),
    })),
  }))
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    const severities = new Set(boxes.filter(box => box.checked).map(box => box.value))
    let findings = 0
    let places = 0
    for (const one of resources) {
      let visible = 0
      for (const { finding, severity, rule: id, text } of one.findings) {
        const keep = severities.has(severity) && (rule.value === '' || rule.value === id) &&
          words.every(word => text.includes(word) || one.text.includes(word))
        finding.hidden = !keep
        if (keep) visible++
      }
      one.element.hidden = visible === 0
      findings += visible * one.weight
      if (visible > 0) places += one.weight
    }
    const count = (number, word) => number.toLocaleString('en') + ' ' + word + (number === 1 ? '' : 's')
    shown.textContent = count(findings, 'finding') + ' in ' + count(places, 'resource') + ' shown'
  }
  filters.hidden = false
  filters.addEventListener('input', apply)
  filters.addEventListener('submit', event => event.preventDefault())
  apply()
}
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details')) one.open = true
})
`

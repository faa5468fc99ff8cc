// Object text of findings: what the parts of the interface hold of it.

export {
  kubectlPatch,
  lineOf,
  linesOf,
  type Operation,
  patched,
  patchText,
  yamlText,
} from '../../parts/object-text.ts'

// Placeholder: a text that stands where something else will be filled in, or that points to where it is kept.
//
// Sources: the template languages of shells, Helm, Jinja, Ansible, Spring and GitHub Actions; the references of SOPS, vals, External
// Secrets, 1Password, HashiCorp Vault and the secret stores of the clouds.

const templated =
  /\$\{[^}]*\}|\$\([^)]*\)|\{\{[\s\S]*?\}\}|<%[\s\S]*?%>|^\$[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$|^<[^<>]*>$|^\[[A-Za-z _-]*\]$|^@[\w.]+@$|^__\w+__$/

const reference =
  /^(?:(?:vault|secret|secrets|ref\+\w+|op|sm|gcpsm|awssm|awssecret|azurekv|keyvault|file|env|ssm|aws-ssm|doppler|bao):|arn:aws[\w-]*:(?:secretsmanager|ssm|kms):|projects\/[^/]+\/secrets\/|ENC\[|!vault|secretref)/i

const masked =
  /^(?:\*+|\.{3,}|-+|…+|<?(?:redacted|removed|masked|hidden|omitted|todo|tbd|none|null|nil|unset|undefined|empty|n\/?a)>?)$/i

/** Longer texts are no placeholders, and looking through them for halves of one would take long. */
const longest = 2000

/** True for an empty text, a template, a mask, or a reference to a store of secrets. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim()
  if (text.length > longest) return false
  return text === '' || templated.test(text) || masked.test(text) || reference.test(text)
}

// Policy: the content security policy of the HTML report: its own style and script run, by their hashes, and nothing else does.

/** SHA-256 of the style sheet and of the script, in Base64; a test holds them against the texts. */
export const styleHash = 'Ot9FWd/RyVqGUWl/ZxWJ2pRgV487mr+M23GgGw0EShs='
export const scriptHash = 'tNM1k58bw10iNA5RIbBwl90Tu6l7lxLCIdjIzX4WbTo='

export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  `script-src 'sha256-${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

// Policy: the content security policy of the HTML report: its own style and script run, by their hashes, and nothing else does.

/** SHA-256 of the style sheet and of the script, in Base64; a test holds them against the texts. */
export const styleHash = 'ypf0/BWAlqwnU8vS6mBCwjhtaK0Bb7M3BDcYXjNVMe0='
export const scriptHash = 'mBzgouDy0950eGUWplOT32ecViV4hxGdG5vDEiK1E18='

export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  `script-src 'sha256-${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

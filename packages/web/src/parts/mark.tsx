// Mark: the load line, the project's own sign: a circle crossed by a line.

export const Mark = ({ size = 20 }: { readonly size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 32 32"
    fill="none"
    stroke="currentColor"
    strokeWidth="3"
    aria-hidden="true"
  >
    <circle cx="16" cy="16" r="9.4" />
    <path d="M1.5 16h29" />
  </svg>
)

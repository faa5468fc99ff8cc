// Copy button: puts a text into the clipboard, and says that it did.

import { ActionIcon, Button, CopyButton as Copying, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'

interface CopyButtonProps {
  readonly text: string
  /** What is copied: `Copy patch`. */
  readonly label: string
  /** With its words beside the icon. */
  readonly isWide?: boolean
}

export const CopyButton = ({ text, label, isWide = false }: CopyButtonProps) => (
  <Copying value={text}>
    {({ copied, copy }) => {
      const icon = copied ? <IconCheck size={14} /> : <IconCopy size={14} />
      if (isWide)
        return (
          <Button variant="default" leftSection={icon} onClick={copy}>
            {copied ? 'Copied' : label}
          </Button>
        )
      return (
        <Tooltip label={copied ? 'Copied' : label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={copied ? 'Copied' : label}
            onClick={copy}
          >
            {icon}
          </ActionIcon>
        </Tooltip>
      )
    }}
  </Copying>
)

// Form end: what closes every form in a dialog: why it failed, the way out, and the button that sends it.

import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { Failure } from './states.tsx'

interface FormEndProps {
  /** The verb on the button. */
  readonly verb: string
  readonly isBusy: boolean
  readonly error: Error | null
  readonly close: () => void
  /** True while too little is filled in to be sent. */
  readonly isDisabled?: boolean
  /** Said beside the buttons. */
  readonly children?: ReactNode
}

export const FormEnd = ({ verb, isBusy, error, close, isDisabled = false, children }: FormEndProps) => (
  <>
    {error && <Failure error={error} />}
    <Group justify="flex-end" gap="xs">
      {children}
      <Button variant="default" onClick={close}>
        Cancel
      </Button>
      <Button type="submit" loading={isBusy} disabled={isDisabled}>
        {verb}
      </Button>
    </Group>
  </>
)

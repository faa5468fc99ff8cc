// Verification: whether the chain of hashes of the whole log holds, read when the screen is opened and when asked again.

import { Button } from '@mantine/core'
import { IconLink, IconLinkOff } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useChange } from '../../data/change.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { counted } from '../../parts/words.ts'
import styles from './activity.module.css'

export function Verification() {
  // Not read as other things are: each event would have the whole log read again.
  const { mutate, data, error, isPending } = useChange('verifyAudit', [])
  useEffect(() => mutate([{}]), [mutate])
  return (
    <div className={styles.chain} role="status" aria-label="Chain of the log">
      {isPending || (!data && !error) ? (
        <span>Reading the whole log …</span>
      ) : error ? (
        <span className={styles.bad}>{error.message}</span>
      ) : data?.isWhole ? (
        <>
          <span className={styles.good}>
            <IconLink size={14} aria-hidden="true" /> The chain holds
          </span>
          <span>over {counted(data.entries, 'entry', 'entries')}, up to</span>
          <code title={data.hash}>{data.hash.slice(0, 16)}</code>
          <CopyButton text={data.hash} label="Copy the hash" />
        </>
      ) : (
        <span className={styles.bad} role="alert">
          <IconLinkOff size={14} aria-hidden="true" /> The chain is broken
          {data?.fault !== undefined && `: ${data.fault}`}
        </span>
      )}
      <Button variant="default" size="compact-sm" loading={isPending} onClick={() => mutate([{}])}>
        Verify again
      </Button>
    </div>
  )
}

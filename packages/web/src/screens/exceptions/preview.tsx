// Preview: what an exception would hide now, of what one sees.

import type { ApiClient } from '@plimsoll/core/contract/client'
import { useCount } from '../../data/read.ts'
import { HiddenPreview } from '../../parts/hidden-preview.tsx'

type Cover = Parameters<ApiClient['previewException']>[0]

export const Preview = ({ cover }: { readonly cover: Cover }) => (
  <HiddenPreview read={useCount('previewException', cover)} />
)

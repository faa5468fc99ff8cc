// Screen risks: detected risks of one standard.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const RisksScreen = () => (
  <>
    <PageHead title="Detected risks" />
    <Empty title="Not built yet" />
  </>
)

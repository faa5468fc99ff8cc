// Screen findings: what fails, as a list that one asks, groups and works through.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const FindingsScreen = () => (
  <>
    <PageHead title="Findings" />
    <Empty title="Not built yet" />
  </>
)

// Screen activity: who changed what.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const ActivityScreen = () => (
  <>
    <PageHead title="Activity" />
    <Empty title="Not built yet" />
  </>
)

// Screen compliance: the standards, with their scores.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const ComplianceScreen = () => (
  <>
    <PageHead title="Compliance" />
    <Empty title="Not built yet" />
  </>
)

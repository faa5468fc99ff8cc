// Screen standard: one standard, from its sections to failing resources.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const StandardScreen = () => (
  <>
    <PageHead title="Standard" />
    <Empty title="Not built yet" />
  </>
)

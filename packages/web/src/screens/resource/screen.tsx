// Screen resource: one resource.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const ResourceScreen = () => (
  <>
    <PageHead title="Resource" />
    <Empty title="Not built yet" />
  </>
)

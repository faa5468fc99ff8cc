// Screen exceptions: accepted risks and requests for them.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const ExceptionsScreen = () => (
  <>
    <PageHead title="Exceptions" />
    <Empty title="Not built yet" />
  </>
)

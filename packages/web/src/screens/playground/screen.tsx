// Screen playground: verdicts on pasted YAML.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const PlaygroundScreen = () => (
  <>
    <PageHead title="Playground" />
    <Empty title="Not built yet" />
  </>
)

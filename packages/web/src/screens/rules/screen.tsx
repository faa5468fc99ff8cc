// Screen rules: the controls of a standard and the rules that answer them.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const RulesScreen = () => (
  <>
    <PageHead title="Rules" />
    <Empty title="Not built yet" />
  </>
)

// Screen settings: what admins set.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const SettingsScreen = () => (
  <>
    <PageHead title="Settings" />
    <Empty title="Not built yet" />
  </>
)

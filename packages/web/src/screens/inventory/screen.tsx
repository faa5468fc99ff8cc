// Screen inventory: every resource with its state.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const InventoryScreen = () => (
  <>
    <PageHead title="Inventory" />
    <Empty title="Not built yet" />
  </>
)

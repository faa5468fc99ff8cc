// App: what everything stands in: theme, data, router.

import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createQueries } from '../data/queries.ts'
import { KeyboardProvider } from '../parts/keyboard.tsx'
import { theme } from './mantine.ts'
import { createAppRouter } from './router.ts'

export function App() {
  const [{ queries, router }] = useState(() => {
    const queries = createQueries()
    return { queries, router: createAppRouter(queries) }
  })
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <KeyboardProvider>
          <RouterProvider router={router} />
        </KeyboardProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}

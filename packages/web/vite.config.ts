// Vite: how the web app is built, and served while it is developed: against a running server, named by PLIMSOLL_URL.

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.PLIMSOLL_URL ?? 'http://127.0.0.1:8480'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2023',
    // Nothing is inlined as data, which the content security policy allows to images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The folder is named by scripts/build.ts and lies outside of this package.
    emptyOutDir: true,
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    // The server takes changes from its own pages only, so the page's origin becomes the server's.
    proxy: {
      '/api': { target: server, changeOrigin: true, headers: { origin: new URL(server).origin } },
    },
  },
})

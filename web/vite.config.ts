import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the server listens while the web is developed with `npm run dev`. */
const api = process.env.KHUEVAN_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    manifest: true,
    // No data: URLs: the content policy of the server allows only what it serves itself.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': api } },
});

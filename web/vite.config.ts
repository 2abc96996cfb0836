import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { tokensCss } from './design/tokens.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Serves `virtual:tokens.css`, so that the colours exist in one file only and style sheets still load before script. */
function tokensPlugin(): Plugin {
  const resolved = '\0virtual:tokens.css';
  return {
    name: 'district-tokens',
    resolveId: (id) => (id === 'virtual:tokens.css' ? resolved : null),
    load: (id) => (id === resolved ? tokensCss() : null),
  };
}

/** Writes `x.gz` beside every text file of the build: the server sends these and never compresses a page itself. */
function gzipPlugin(): Plugin {
  let out = '';
  return {
    name: 'district-gzip',
    apply: 'build',
    configResolved: (config) => {
      out = resolve(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      const names = await readdir(out, { recursive: true });
      for (const name of names.filter((entry) => /\.(m?js|css|html|svg|json)$/.test(entry))) {
        const content = await readFile(join(out, name));
        if (content.length > 1024) await writeFile(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

const server = process.env['DISTRICT_SERVER'] ?? 'http://127.0.0.1:8080';
const proxied = ['/api', '/openapi.json', '/healthz', '/readyz', '/metrics', '/ogc', '/tiles', '/docs'];

/**
 * React and the router are one lasting chunk; the map, the charts and the component library stay out of it,
 * so that an entrance loads only what its first page draws (≤ 400 kB of script, compressed).
 */
export default defineConfig({
  root,
  plugins: [tokensPlugin(), react(), gzipPlugin()],
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server }])) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
            { name: 'text', test: /node_modules\/(i18next|react-i18next|use-sync-external-store)\/|web\/i18n\// },
            { name: 'map', test: /node_modules\/maplibre-gl\// },
            { name: 'charts', test: /node_modules\/(echarts|zrender)\// },
          ],
        },
      },
    },
  },
});

/** What a newcomer runs first: it answers something in the demo world without signing in. */
export const FIRST_QUERY = `# Willkommen bei Partnernetz!
# Ausführen: Strg+Enter. Vorschläge: Strg+Leertaste.
# Was es alles gibt: das Buch links oben.

query Netzwerke {
  networks {
    name
    slug
    partners(first: 3) {
      totalCount
      nodes {
        name
        kinds
        services(first: 2) {
          nodes {
            name
            capacity {
              free
              freshness
            }
          }
        }
      }
    }
  }
}
`;

/** The page at `/`, with the addresses of its scripts and styles; the nonce is for the styles of GraphiQL's dialogs. */
export const explorerPage =
  (scripts: readonly string[], styles: readonly string[]) =>
  (nonce: string): string =>
    `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Partnernetz</title>
<link rel="icon" href="data:,">
${styles.map(address => `<link rel="stylesheet" href="${address}">`).join('\n')}
</head>
<body>
<header>
<strong>Partnernetz</strong>
<span id="hint">Adressen mit #token=… melden an; der Start des Hubs nennt sie. Oder: Headers, {"Authorization": "Bearer …"}</span>
<a href="/schema.graphql">Schema</a>
<span id="who" role="status" data-first-query="${attribute(FIRST_QUERY)}">Prüfe die Anmeldung …</span>
<button id="sign-out" type="button" hidden>Abmelden</button>
</header>
<main id="explorer"><noscript>Der Explorer braucht JavaScript.</noscript></main>
${scripts.map(address => `<script src="${address}" nonce="${nonce}"></script>`).join('\n')}
</body>
</html>
`;

const attribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/\n/g, '&#10;');

export const EXPLORER_STYLE = `
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 15px/1.4 system-ui, sans-serif; color: #1c2733; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 8px 16px; background: #e9eff4; }
#hint { flex: 1 1 24em; color: #4a5a68; font-size: 13px; }
#who { font-weight: 600; }
main { flex: 1; min-height: 0; }
`;

/**
 * Runs in the browser. The token of a link lives in this tab's session alone and leaves the address bar at once;
 * GraphiQL keeps its tabs there too, as queries may hold needs and places of clients.
 */
export const EXPLORER_SCRIPT = `
'use strict';
(() => {
  const KEY = 'partnernetz-token';
  window.__webpack_nonce__ = document.currentScript.nonce; // GraphiQL's dialogs add a style element
  const who = document.getElementById('who');
  const signOut = document.getElementById('sign-out');

  function takeToken() {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (!token) return;
    sessionStorage.setItem(KEY, token);
    history.replaceState(null, '', location.pathname);
  }

  async function ask(params, headers) {
    const token = sessionStorage.getItem(KEY);
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'omit',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token && { authorization: 'Bearer ' + token }),
        ...Object.fromEntries(Object.entries(headers || {}).map(([name, value]) => [name.toLowerCase(), value])),
      },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  async function showWho() {
    const token = sessionStorage.getItem(KEY);
    signOut.hidden = !token;
    if (!token) return void (who.textContent = 'nicht angemeldet: Sie sehen das öffentliche Verzeichnis');
    try {
      const { data, errors } = await ask({ query: '{ viewer { displayName } }' });
      if (data && data.viewer) who.textContent = 'angemeldet als ' + data.viewer.displayName;
      else who.textContent = 'Anmeldung abgelehnt' + (errors ? ': ' + errors[0].message : '');
    } catch {
      who.textContent = 'Der Hub antwortet nicht.';
    }
  }

  signOut.addEventListener('click', () => {
    sessionStorage.removeItem(KEY);
    showWho();
  });
  addEventListener('hashchange', () => {
    takeToken();
    showWho();
  });

  takeToken();
  showWho();
  ReactDOM.createRoot(document.getElementById('explorer')).render(
    React.createElement(GraphiQL, {
      fetcher: (params, options) => ask(params, options && options.headers),
      defaultQuery: who.dataset.firstQuery,
      storage: sessionStorage,
      shouldPersistHeaders: false,
      isHeadersEditorEnabled: true,
      defaultEditorToolsVisibility: true,
      forcedTheme: 'light',
    }),
  );
})();
`;

/** What somebody confirms without sign-in, as people read it. */
export interface Sheet {
  readonly partner: string;
  readonly until: string;
  readonly sections: readonly {
    readonly title: string;
    readonly groups: readonly {
      readonly label: string;
      readonly freshness: string;
      readonly fields: readonly { readonly label: string; readonly value: string }[];
    }[];
  }[];
  readonly more: number;
  /** Of all that would be confirmed. */
  readonly digest: string;
}

/** Name of the form's field with the digest of what was shown. */
export const SEEN = 'gesehen';

const STYLE = `body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; white-space: pre-line; overflow-wrap: anywhere; }
section { border-top: 1px solid #767676; } .age { font-weight: 400; }
button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; color: #fff; background: #0b5394; border: 2px solid #0b5394; border-radius: .25rem; }
button:focus-visible { outline: 3px solid #000; outline-offset: 2px; }`;

const page = (nonce: string, title: string, body: string): string => `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

/**
 * What would be confirmed, and one button. The form goes back to where it came from, with what was seen. `changed`: it was
 * otherwise when somebody wanted to confirm it.
 */
export const sheetPage = (nonce: string, { partner, until, sections, more, digest }: Sheet, changed = false): string =>
  page(
    nonce,
    'Angaben bestätigen',
    `${changed ? `${CHANGED}\n` : ''}<p>Diese Angaben von <strong>${text(partner)}</strong> stehen im Netzwerkverzeichnis. Stimmen sie noch? Dann genügt ein Klick am Ende der Seite. Es wird nichts geändert.</p>
<p>Stimmt etwas nicht, bestätigen Sie bitte nicht, sondern melden Sie sich bei der Netzwerkkoordination. Dieser Link gilt einmal, bis zum ${text(until)}.</p>
${sections.map(section).join('\n')}
${more > 0 ? `<p>Dazu kommen ${more} weitere Standorte und Angebote, die hier nicht gezeigt werden.</p>` : ''}
<form method="post"><input type="hidden" name="${SEEN}" value="${text(digest)}"><button type="submit">Alles stimmt noch – jetzt bestätigen</button></form>`,
  );

const CHANGED =
  '<p role="alert"><strong>Inzwischen hat sich etwas geändert.</strong> Bestätigt ist noch nichts. Bitte sehen Sie sich die Angaben noch einmal an; der Link gilt weiter.</p>';

export const thanksPage = (nonce: string): string =>
  page(
    nonce,
    'Vielen Dank',
    '<p role="status">Die Angaben sind bestätigt. Sie können dieses Fenster schließen; der Link gilt jetzt nicht mehr.</p>',
  );

/** The same for every link that does nothing, whyever. */
export const goneConfirmationPage = (nonce: string): string =>
  page(
    nonce,
    'Dieser Link gilt nicht',
    '<p>Dieser Link gilt nicht, oder nicht mehr. Vielleicht wurde er schon benutzt, oder er ist älter als sieben Tage. Einen neuen bekommen Sie von der Netzwerkkoordination.</p>',
  );

export const busyPage = (nonce: string): string =>
  page(
    nonce,
    'Bitte etwas später',
    '<p>Von hier kamen gerade sehr viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal; der Link gilt weiter.</p>',
  );

const section = ({ title, groups }: Sheet['sections'][number]): string =>
  `<section>\n<h2>${text(title)}</h2>\n${groups.map(group).join('\n')}\n</section>`;

const group = ({ label, freshness, fields }: Sheet['sections'][number]['groups'][number]): string =>
  `<h3>${text(label)} <span class="age">(${text(freshness)})</span></h3>\n${
    fields.length === 0
      ? '<p>Keine Angaben.</p>'
      : `<dl>${fields.map(one => `<dt>${text(one.label)}</dt><dd>${text(one.value)}</dd>`).join('')}</dl>`
  }`;

const text = (raw: string): string =>
  raw.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

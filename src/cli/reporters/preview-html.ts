import type { DigestOf } from '../../ports/id-source';
import type { PreviewDocument } from '../../service/preview-document';
import { sourceOf } from './page-policy';
import { changeSection } from './preview-html-changes';
import { html, verbatim } from './preview-html-markup';
import { modelSection } from './preview-html-models';
import { pageHead, policySection, providerSection } from './preview-html-overview';
import { PAGE_SCRIPT } from './preview-html-script';
import { PAGE_STYLE } from './preview-html-style';
import { modelCountWords } from './preview-words';

/**
 * A preview as one page that stands by itself: it loads nothing, and its policy for the browser forbids all but its
 * own style and script, which are named by their digests. What files and options say is text in it, whatever it
 * holds. The same preview is the same page, byte for byte.
 */
export function previewPage(document: PreviewDocument, digestOf: DigestOf): string {
  const policy = [
    "default-src 'none'",
    `style-src '${sourceOf(PAGE_STYLE, digestOf)}'`,
    `script-src '${sourceOf(PAGE_SCRIPT, digestOf)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const title = `Ambit preview: ${modelCountWords(document)}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${verbatim(`<style>${PAGE_STYLE}</style>`)}
      </head>
      <body>
        ${pageHead(document)}
        <main>
          ${changeSection(document)} ${policySection(document)} ${providerSection(document)}
          ${modelSection(document)}
        </main>
        <footer>
          <p>
            Shown are requests that send no candidates, preferences or claims of their own.
            Candidates and preferences can only narrow what is allowed; a caller that is configured
            as the source of its targets’ claims is judged by those.
          </p>
          <p>
            Written by <code>ambit preview</code>. It shows one instant and one bundle: other files,
            or another time, may allow less or more.
          </p>
        </footer>
        ${verbatim(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html>`;
  return `${page.markup}\n`;
}

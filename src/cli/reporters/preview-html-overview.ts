import type {
  PreviewDocument,
  PreviewPolicy,
  PreviewProvider,
} from '../../service/preview-document';
import { html, NOTHING, type Markup } from './preview-html-markup';
import { badge, capped, place, table, type Tone } from './preview-html-tables';
import {
  APPLICATION_WORDS,
  effectWords,
  instantWords,
  keyParts,
  requestWords,
  unmatchedWords,
} from './preview-words';

/** Rows of policies and of providers: more of them than any bundle that people read has. */
const MAX_ROWS = 500;

/** What the page is about, and the sums. */
export function pageHead(document: PreviewDocument): Markup {
  const { refusal, warnings } = document;
  const refused =
    refusal === undefined
      ? NOTHING
      : html`<p class="notice" role="note">
          <strong>Every such request is refused</strong> (<code>${refusal.code}</code>, HTTP
          ${refusal.httpStatus}): ${refusal.message}. No target is judged.
        </p>`;
  const told = warnings.map(({ message }) => html`<p class="notice fair">${message}</p>`);
  return html`<header>
    <p class="muted">Ambit preview</p>
    <h1>What may be sent where</h1>
    <p class="muted">
      at <time datetime="${document.at}">${instantWords(document.at)}</time> for
      ${requestWords(document)}
    </p>
    <nav aria-label="Parts of this page">
      <a href="#changes">What changes next</a><a href="#policies">Policies</a
      ><a href="#providers">Providers</a><a href="#models">Models</a>
    </nav>
    ${cards(document)} ${refused}${told} ${facts(document)}
  </header>`;
}

function cards({ counts, validUntil }: PreviewDocument): Markup {
  const { models, targets } = counts;
  const entries: readonly (readonly [number | string, string, Tone])[] = [
    [models.allow, 'models allowed', 'good'],
    [models.warn, 'models allowed with a warning', 'fair'],
    [models.block, 'models blocked', 'bad'],
    [targets.eligible, 'targets eligible', 'good'],
    [targets.blocked, 'targets blocked', 'bad'],
    ...(targets.notOffered === 0
      ? []
      : [[targets.notOffered, 'targets not offered', 'off'] as const]),
    validUntil === undefined
      ? ['no end', 'nothing expires', 'off']
      : [validUntil.slice(0, 10), 'until then all this holds', 'off'],
  ];
  const items = entries.map(
    ([value, label, tone]) =>
      html`<li><strong class="${value === 0 ? 'off' : tone}">${value}</strong>${label}</li>`,
  );
  return html`<ul class="cards">
    ${items}
  </ul>`;
}

function facts({ bundle, scope }: PreviewDocument): Markup {
  const revision = bundle.revision === undefined ? '' : `, revision ${String(bundle.revision)}`;
  const keys = scope.keys.map((key) => {
    const { values, note } = keyParts(key, scope);
    return html`<dt>${key.key}</dt>
      <dd>${values} <span class="muted">${note}</span></dd>`;
  });
  return html`<dl class="facts">
    <dt>bundle</dt>
    <dd>${bundle.name}${revision}, <code>${bundle.digest}</code></dd>
    ${keys}
  </dl>`;
}

/** Every policy: whether it applies, and what it does. */
export function policySection({ policies, refusal }: PreviewDocument): Markup {
  const { shown, left } = capped(policies, MAX_ROWS);
  const rows = shown.map((policy) => policyRow(policy, refusal !== undefined));
  return html`<section aria-labelledby="policies">
    <h2 id="policies">Policies</h2>
    ${table({
      caption: 'Widest scope first. What none of them allows is blocked.',
      heads: ['Policy', 'Applies', 'Mode', 'Effect', 'Rules'],
      rows,
    })}${leftOut(left)}
  </section>`;
}

const APPLICATION_TONES: Readonly<Record<PreviewPolicy['applies'], Tone>> = {
  yes: 'good',
  restricts: 'fair',
  no: 'off',
};

function policyRow(policy: PreviewPolicy, isRefused: boolean): Markup {
  const { id, applies, mode, rules, position } = policy;
  const effect = applies === 'no' || isRefused ? '' : effectWords(policy);
  const listed = rules.map(
    ({ name, expected, position: at }) =>
      html`<li><code>${name}</code> ${expected} ${place(at)}</li>`,
  );
  return html`<tr>
    <th scope="row">${id}<br />${place(position)}</th>
    <td>${badge(APPLICATION_WORDS[applies], APPLICATION_TONES[applies])}</td>
    <td>${mode}</td>
    <td class="wide">
      ${effect}${effect === '' ? '' : html`<br />`}<span class="muted"
        >${unmatchedWords(policy)}</span
      >
    </td>
    <td class="wide">
      <ul class="plain">
        ${listed}
      </ul>
    </td>
  </tr>`;
}

/** Every provider, and what becomes of its targets. */
export function providerSection({ providers, counts }: PreviewDocument): Markup {
  const { shown, left } = capped(providers, MAX_ROWS);
  const hasAbsent = counts.targets.notOffered > 0;
  return html`<section aria-labelledby="providers">
    <h2 id="providers">Providers</h2>
    ${table({
      caption: 'A target is eligible if it is for at least one of its models.',
      heads: [
        ...['Provider', 'Eligible', 'Blocked'],
        ...(hasAbsent ? ['Not offered'] : []),
        'Because (targets)',
      ],
      rows: shown.map((provider) => providerRow(provider, hasAbsent)),
    })}${leftOut(left)}
  </section>`;
}

function providerRow(provider: PreviewProvider, hasAbsent: boolean): Markup {
  const { id, eligible, blocked, notOffered, codes, anyModel } = provider;
  const because = codes.map(({ code, targets }) => `${code} ${String(targets)}`);
  const any = anyModel === undefined ? [] : [`any other model: ${anyModel}`];
  return html`<tr>
    <th scope="row">${id}</th>
    <td class="number ${eligible > 0 ? 'good' : 'off'}">${eligible}</td>
    <td class="number ${blocked > 0 ? 'bad' : 'off'}">${blocked}</td>
    ${hasAbsent ? html`<td class="number">${notOffered}</td>` : NOTHING}
    <td class="wide">${[...because, ...any].join(', ')}</td>
  </tr>`;
}

/** What is left out of a table. */
export function leftOut(left: number): Markup {
  return left > 0
    ? html`<p class="muted">
        ${left} more are left out; <code>--format json</code> has all of them.
      </p>`
    : NOTHING;
}

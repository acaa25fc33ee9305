import { PAGE_STYLE } from './preview-html-style';

/** The style sheet of a report: that of all pages, and how its charts look. */
export const REPORT_STYLE = `${PAGE_STYLE}
figure { margin: .75rem 0; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
figcaption { font-weight: 600; margin: 0 0 .5rem; }
svg { display: block; width: 100%; max-width: 60rem; height: auto; }
svg text { fill: var(--text); font-size: 13px; }
.bar.good { fill: var(--good); } .bar.fair { fill: var(--fair); } .bar.bad { fill: var(--bad); }
`;

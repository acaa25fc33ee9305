import fc from 'fast-check';

import { SEED } from '../laws/support/runs';

// Every property starts from the one seed, so that no run fails by luck; `npm run test:long` takes a new one.
fc.configureGlobal({ seed: SEED });

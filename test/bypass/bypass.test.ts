import { WORLDS } from './cases';
import { tryWorlds } from './support/try-worlds';

tryWorlds(WORLDS);

import { STDOUT } from './stdout';
import { describeSink } from './suite';

describeSink(STDOUT);

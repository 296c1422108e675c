import { describeConformance } from './describe-conformance.js';
import { sqliteLeg } from './legs.js';

describeConformance('The embedded engine on SQLite', sqliteLeg);

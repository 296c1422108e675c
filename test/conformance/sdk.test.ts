import { describeConformance } from './describe-conformance.js';
import { sdkLeg } from './legs.js';

describeConformance('AWS’s SDK over the wire', sdkLeg);

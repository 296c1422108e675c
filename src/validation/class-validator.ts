/**
 * What this project uses of class-validator. Its entry would load more than a hundred validators of its own, the rules of
 * every country's telephone numbers among them: a tenth of the time until the gateway is ready, and 6 MB.
 */
export { ValidateBy } from 'class-validator/cjs/decorator/common/ValidateBy.js';
export { ValidateNested } from 'class-validator/cjs/decorator/common/ValidateNested.js';
export { getMetadataStorage } from 'class-validator/cjs/metadata/MetadataStorage.js';
export { ValidationTypes } from 'class-validator/cjs/validation/ValidationTypes.js';

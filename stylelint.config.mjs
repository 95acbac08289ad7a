export default {
  extends: ['stylelint-config-standard-scss'],
  ignoreFiles: ['dist/**', 'node_modules/**'],
  rules: {
    'selector-type-no-unknown': [true, { ignoreTypes: ['page', 'view', 'text', /^taro-/] }],
    'unit-no-unknown': [true, { ignoreUnits: ['rpx'] }],
    'selector-class-pattern': null,
    'custom-property-empty-line-before': null,
    // Safari before 15.4 and older WeChat webviews need the prefix and know no inset.
    'property-no-vendor-prefix': [true, { ignoreProperties: [/mask/, 'appearance'] }],
    'declaration-block-no-redundant-longhand-properties': null,
    // A custom property used in calc() keeps its unit even at zero.
    'length-zero-no-unit': [true, { ignore: ['custom-properties'] }],
    'no-descending-specificity': null,
    'property-no-deprecated': null,
  },
  overrides: [{
    files: ['console/**/*.css'],
    // One file, one look at a rule: short rules stand on one line, close together.
    rules: {
      'declaration-block-single-line-max-declarations': null,
      'rule-empty-line-before': null,
      'at-rule-empty-line-before': null,
    },
  }],
}

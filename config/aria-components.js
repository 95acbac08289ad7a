const components = [
  'View', 'Text', 'Button', 'Image', 'Input', 'Textarea', 'Picker', 'Canvas', 'ScrollView',
]
const attributes = {
  'aria-role': '', 'aria-label': '', 'aria-hidden': '', 'aria-checked': '', 'aria-disabled': '',
  'aria-live': '', 'aria-modal': '', 'aria-describedby': '', 'aria-invalid': '',
  'aria-pressed': '', 'aria-expanded': '', 'aria-busy': '',
}

/** What Taro's mini-program templates leave out: every aria attribute our kit sets. */
module.exports = Object.fromEntries(components.map((name) => [name, { ...attributes }]))

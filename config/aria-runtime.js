import { mergeInternalComponents } from '@tarojs/shared'
import attributes from './aria-components'

mergeInternalComponents(attributes)

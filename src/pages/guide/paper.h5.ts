import './paper.scss'

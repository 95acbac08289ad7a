import './styles/web.scss'

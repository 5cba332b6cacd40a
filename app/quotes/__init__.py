"""The service: it prices an order (goods, tax by country, shipping) in the currency of its environment."""

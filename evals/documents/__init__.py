"""A grammar of Chinese policy documents (示例市): seeded texts whose every clause address is known."""

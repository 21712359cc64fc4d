"""Mutation testing: would the tests of the rule engine notice one wrong sign, figure or verdict in it?"""

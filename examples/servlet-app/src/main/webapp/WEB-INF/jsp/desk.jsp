<%@ page contentType="text/html;charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="t" tagdir="/WEB-INF/tags" %>
<t:page title="The desk">
  <table>
    <thead><tr><th>Book</th><th>Reader</th></tr></thead>
    <tbody>
      <c:forEach var="loan" items="${loans}">
        <tr><td><c:out value="${loan.book.title}"/></td><td><c:out value="${loan.reader}"/></td></tr>
      </c:forEach>
    </tbody>
  </table>
  <c:if test="${empty loans}"><p>Every book is on the shelf.</p></c:if>
  <p><a href="${pageContext.request.contextPath}/desk/loans.csv">All loans as a table</a></p>
</t:page>
